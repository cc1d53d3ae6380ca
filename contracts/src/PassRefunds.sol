// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Held} from "./lib/Escrow.sol";
import {Signatures} from "./lib/Signatures.sol";
import {Stamp} from "./lib/Stamps.sol";
import {PassToken} from "./PassToken.sol";
import {Refund, Tier} from "./PassTypes.sol";
import {PlatformKey} from "./PlatformKey.sol";

/// A pass nobody used can be given back for what was paid, within its tier's window. Until then the money stays here.
abstract contract PassRefunds is PassToken, PlatformKey {
    bytes32 private constant REFUND_TYPEHASH = keccak256("Refund(uint256 token,address holder,uint64 deadline)");
    /// Enough for a wallet contract that writes something down; what it burns is the holder's, who sends the transaction.
    uint256 private constant REFUND_GAS = 100_000;

    mapping(uint256 tierId => Held) private _held;
    /// Wei of refunds whose payer did not take them.
    mapping(address payer => uint256) public creditOf;
    uint256 public totalCredits;

    /// `sent` is false where the payer did not take the ETH and was credited.
    event Refunded(uint256 indexed tokenId, address indexed payer, uint256 amount, bool sent);
    event RefundClaimed(address indexed payer, address indexed to, uint256 amount);

    error BadRefundSignature();
    error DeadlinePassed(uint64 deadline);
    error NothingToClaim();
    error RefundClosed();

    /// Burns the pass and returns what it cost to whoever paid. The number is not given again, the place under the cap is.
    /// @param signature the platform's, over `Refund(tokenId, msg.sender, deadline)`
    function refund(uint256 tokenId, uint64 deadline, bytes calldata signature) external {
        _onlyHolder(tokenId);
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        Tier storage tier = _tierOf(tokenId);
        Stamp stamp = _stampOf(tokenId);
        if (!_isRefundable(tier.refundWindow, stamp)) revert RefundClosed();
        bytes32 digest = _refundDigest(Refund(tokenId, msg.sender, deadline));
        if (!Signatures.isSigner(_readPlatformSigner(), digest, signature)) revert BadRefundSignature();

        (address payer, uint256 amount) = refundOf(tokenId);
        tier.sold -= 1;
        uint256 tierId = _tierIdOf(tokenId);
        _held[tierId] = _held[tierId].remove(tier.refundWindow, stamp.bought(), amount);
        _burn(tokenId);
        _payBack(tokenId, payer, amount);
    }

    /// For a payer that could not take the ETH when it was sent.
    function claimRefund(address to) external {
        uint256 amount = creditOf[msg.sender];
        if (amount == 0) revert NothingToClaim();
        creditOf[msg.sender] = 0;
        totalCredits -= amount;
        emit RefundClaimed(msg.sender, to, amount);
        SafeTransferLib.safeTransferETH(to, amount);
    }

    function refundDigestOf(Refund calldata statement) external view returns (bytes32) {
        return _refundDigest(statement);
    }

    /// Wei of purchases that are not the creator's yet.
    function escrowed() public view returns (uint256 amount) {
        for (uint256 tierId = 1; tierId <= tierCount; ++tierId) {
            uint256 window = _tiers[tierId].refundWindow;
            if (window != 0) amount += _held[tierId].sum(window);
        }
    }

    function _withdrawable() internal view override returns (uint256) {
        return address(this).balance - escrowed() - totalCredits;
    }

    function _hold(uint256 tierId, uint256 refundWindow, uint256 amount) internal {
        if (refundWindow != 0) _held[tierId] = _held[tierId].add(refundWindow, amount);
    }

    /// The last thing a refund does: the payer may be a contract, and call back.
    function _payBack(uint256 tokenId, address payer, uint256 amount) private {
        bool sent = SafeTransferLib.trySafeTransferETH(payer, amount, REFUND_GAS);
        if (!sent) {
            creditOf[payer] += amount;
            totalCredits += amount;
        }
        emit Refunded(tokenId, payer, amount, sent);
    }

    function _refundDigest(Refund memory statement) private view returns (bytes32) {
        return _hashTypedData(keccak256(abi.encode(REFUND_TYPEHASH, statement)));
    }
}
