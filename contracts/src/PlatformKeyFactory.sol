// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {CollectionFactory} from "./CollectionFactory.sol";
import {PlatformKey} from "./PlatformKey.sol";

/// A factory whose collections ask for a signature of the platform. Its owner (the platform) can do one thing: rotate that key.
abstract contract PlatformKeyFactory is CollectionFactory, Ownable {
    PlatformKey private immutable IMPLEMENTATION;

    event PlatformSignerChanged(address indexed signer);

    /// @param implementation_ has to be deployed by this very constructor, for it obeys whoever deployed it
    constructor(PlatformKey implementation_, address platformOwner, address platformSigner_) {
        _initializeOwner(platformOwner);
        IMPLEMENTATION = implementation_;
        _setPlatformSigner(platformSigner_);
    }

    function implementation() public view override returns (address) {
        return address(IMPLEMENTATION);
    }

    function platformSigner() external view returns (address) {
        return IMPLEMENTATION.platformSigner();
    }

    /// Zero voids every signature until the next key is set.
    function setPlatformSigner(address signer) external onlyOwner {
        _setPlatformSigner(signer);
    }

    /// Nobody could rotate the key any more; hand the factory over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }

    function _setPlatformSigner(address signer) private {
        IMPLEMENTATION.setPlatformSigner(signer);
        emit PlatformSignerChanged(signer);
    }
}
