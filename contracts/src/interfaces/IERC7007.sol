// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// ERC-7007, verifiable AI-generated content. ERC-165 id 0x702c55a6. How we read it is in contracts/README.md.
interface IERC7007 {
    event AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes aigcData, bytes proof);

    function addAigcData(uint256 tokenId, bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) external;

    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        view
        returns (bool success);
}
